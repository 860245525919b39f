package dev.remit.proxy.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.catalog.model.SourceName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Goal: a person has one digest, however a statement spells her key, and two persons never share
/// one.
class KeyTextTest {
  @ParameterizedTest
  @CsvSource({
    "23, 5, 5",
    "23, 007, 7",
    "20, +5, 5",
    "21, -05, -5",
    "23, ' 5 ', 5",
    "23, 1_000, 1000",
    "23, 0x1F, 31",
    "23, 0b11, 3",
    "23, 0o17, 15",
    "23, 5.0, 5",
    "1700, 7.50, 7.5",
    "1700, 70, 70",
    "1700, 7e1, 70",
    "25, ' 5 ', ' 5 '",
    "1042, 'ab  ', ab",
    "2950, {6B1F2C1E-90F4-4C4E-8A55-0D8A5FBB1B01}, 6b1f2c1e-90f4-4c4e-8a55-0d8a5fbb1b01",
    "2950, 6b1f2c1e90f44c4e8a550d8a5fbb1b01, 6b1f2c1e-90f4-4c4e-8a55-0d8a5fbb1b01"
  })
  void oneTextForAllSpellings(long type, String spelled, String text) {
    assertThat(KeyText.of(type, spelled)).hasValue(text);
  }

  @ParameterizedTest
  @CsvSource({"23, five", "23, 5.5", "23, ''", "23, 0x", "1700, 1e999999999", "1700, x", "2950, 1"})
  void whatIsNoValueOfTheTypeHasNone(long type, String spelled) {
    assertThat(KeyText.of(type, spelled)).isEmpty();
  }

  @Test
  void digestsTellKeysTablesAndSourcesApart() {
    PersonIndex index = new PersonIndex(new byte[32]);
    SourceName crm = new SourceName("crm");
    List<Long> two = List.of(25L, 25L);
    assertThat(
            List.of(
                index.of(crm, "a.b", two, List.of("1", "23")).orElseThrow(),
                index.of(crm, "a.b", two, List.of("12", "3")).orElseThrow(),
                index.of(crm, "a.c", two, List.of("1", "23")).orElseThrow(),
                index.of(new SourceName("shop"), "a.b", two, List.of("1", "23")).orElseThrow(),
                new PersonIndex(new byte[] {1})
                    .of(crm, "a.b", two, List.of("1", "23"))
                    .orElseThrow()))
        .doesNotHaveDuplicates();
    assertThat(index.of(crm, "a.b", List.of(23L), List.of("5")))
        .isEqualTo(index.of(crm, "a.b", List.of(20L), List.of("005")));
  }
}
