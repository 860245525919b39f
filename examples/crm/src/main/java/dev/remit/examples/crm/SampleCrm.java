package dev.remit.examples.crm;

import dev.remit.examples.crm.load.DatasetLoader;
import dev.remit.examples.crm.load.ReadingRole;
import dev.remit.examples.crm.people.Population;
import dev.remit.examples.crm.rows.Dataset;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;

/// The sample CRM: loads a database that Remit then reaches as it would reach anybody's, under a
/// role that can only read, and carries the YAML that governs it.
public final class SampleCrm {
  /// Seed of the published sample; another gives other people with the same traps.
  public static final long SEED = 20_261_121L;

  public static final int DEFAULT_CUSTOMERS = 10_000;

  /// Name under which the sample is registered as a source.
  public static final String SOURCE_NAME = "crm";

  private static final int FEWEST_CUSTOMERS = 100;
  private static final int MOST_CUSTOMERS = 10_000_000;

  private SampleCrm() {}

  /// Where to load, as whom, and the role to leave behind for Remit.
  ///
  /// @param jdbcUrl an empty database
  /// @param user who may create tables, roles and (trusted) extensions there
  /// @param readerName the role Remit will log in with; created when missing
  /// @param readerPassword set on that role; reaches the server as SCRAM verifier only
  public record Target(
      String jdbcUrl, String user, String password, String readerName, String readerPassword) {
    @Override
    public String toString() {
      return jdbcUrl + " as " + user;
    }
  }

  /// Loads the sample in one transaction: a failure leaves the database empty.
  ///
  /// @param customers 100 to 10,000,000; about 31 rows each
  /// @return the number of rows loaded
  /// @throws RemitException when the database is not empty, cannot be reached, or the number is out
  ///   of bounds
  public static long load(Target target, int customers) {
    if (customers < FEWEST_CUSTOMERS || customers > MOST_CUSTOMERS) {
      throw new RemitException(
          ErrorCode.INVALID_REQUEST,
          "the sample has "
              + FEWEST_CUSTOMERS
              + " to "
              + MOST_CUSTOMERS
              + " customers, asked for "
              + customers);
    }
    Dataset dataset = new Dataset(new Population(SEED, customers));
    try (Connection connection =
        DriverManager.getConnection(target.jdbcUrl(), target.user(), target.password())) {
      connection.setAutoCommit(false);
      long rows =
          new DatasetLoader(connection).load(dataset, resource("schema.sql"), resource("keys.sql"));
      new ReadingRole(target.readerName()).grantOn(connection, target.readerPassword());
      connection.commit();
      return rows;
    } catch (SQLException failure) {
      throw new RemitException(
          ErrorCode.SOURCE_UNAVAILABLE,
          "loading the sample CRM failed, nothing was kept; see the cause and try again",
          failure);
    } catch (IOException failure) {
      throw new UncheckedIOException("the connection broke while the sample was copied", failure);
    }
  }

  /// Taxonomy, purposes, table declarations and policies of the sample.
  public static String governanceYaml() {
    return resource("governance.yaml");
  }

  /// The demo users with their groups and attributes, without passwords.
  public static String usersYaml() {
    return resource("users.yaml");
  }

  private static String resource(String name) {
    try (InputStream stream =
        Objects.requireNonNull(SampleCrm.class.getResourceAsStream(name), name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException("reading " + name + " of the sample", failure);
    }
  }
}
