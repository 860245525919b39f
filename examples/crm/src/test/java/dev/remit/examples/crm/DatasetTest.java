package dev.remit.examples.crm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.examples.crm.people.Population;
import dev.remit.examples.crm.rows.Dataset;
import dev.remit.examples.crm.rows.RowWriter;
import dev.remit.examples.crm.rows.Table;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// Goal: everybody's sample is the same sample. Equal seed and number of customers give equal
/// bytes, in this process and in every other.
class DatasetTest {
  private static final int CUSTOMERS = 200;

  /// Changes only with the generator, the faker library's word lists, or the JDK's generators.
  private static final String PUBLISHED =
      "bf91a0a3d9b18c230538405807671d143737572d2db9e16b4588379a030e6e23";

  @Test
  void equalSeedAndCountGiveEqualBytesInEveryProcess() {
    assertThat(digest(SampleCrm.SEED, CUSTOMERS)).isEqualTo(PUBLISHED);
    assertThat(digest(SampleCrm.SEED, CUSTOMERS)).isEqualTo(PUBLISHED);
  }

  @Test
  void anotherSeedGivesOtherPeople() {
    assertThat(digest(SampleCrm.SEED + 1, CUSTOMERS)).isNotEqualTo(PUBLISHED);
  }

  @Test
  void aCustomerHasAboutThirtyRows() throws IOException {
    Dataset dataset = new Dataset(new Population(SampleCrm.SEED, 2_000));
    long rows = 0;
    for (Table table : dataset.tables()) {
      RowWriter writer = new RowWriter(OutputStream.nullOutputStream());
      table.rows().writeTo(writer);
      rows += writer.rows();
    }
    assertThat(rows).isBetween(2_000 * 28L, 2_000 * 34L);
  }

  private static String digest(long seed, int customers) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Table table : new Dataset(new Population(seed, customers)).tables()) {
        DigestOutputStream sink = new DigestOutputStream(OutputStream.nullOutputStream(), digest);
        RowWriter writer = new RowWriter(sink);
        table.rows().writeTo(writer);
        writer.flush();
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException | IOException failure) {
      throw new AssertionError(failure);
    }
  }
}
