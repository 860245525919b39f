package dev.remit.server.differential;

import dev.remit.platform.testing.TestPostgres;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// What `masked.yaml` means, done to the data itself: rows are read raw, filtered and masked in
/// Java, and written back.
///
/// The masks are written anew here, from their documentation, not called.
final class MaskedCopy {
  private static final int SHORTEST_PARTLY_SHOWN = 8;

  private MaskedCopy() {}

  /// A masked copy of the database, whose tables are those of `differential.sql`, OIDs of types
  /// included. Its tokens are made by [#tokens].
  static TestPostgres.Address of(TestPostgres.Address original) throws SQLException {
    String name = original.database() + "_masked";
    TestPostgres.createDatabase()
        .execute("create database " + name + " template " + original.database());
    TestPostgres.Address database =
        new TestPostgres.Address(
            original.host(), original.port(), name, original.user(), original.password());
    database.execute("alter table purchase drop constraint purchase_customer_id_fkey");
    try (Connection connection = database.connect()) {
      customers(connection);
      wide(connection);
      purchases(connection);
    }
    database.execute("analyze");
    return database;
  }

  /// @param tokenKey the 32 bytes that tokens of this source and purpose are made with
  static void tokens(TestPostgres.Address database, byte[] tokenKey) throws SQLException {
    try (Connection connection = database.connect()) {
      oddNames(connection, tokenKey);
    }
  }

  private static void customers(Connection connection) throws SQLException {
    try (Statement read = connection.createStatement();
        ResultSet rows = read.executeQuery("select id, region, email, name from customer");
        PreparedStatement delete =
            connection.prepareStatement("delete from customer where id = ?");
        PreparedStatement mask =
            connection.prepareStatement(
                "update customer set email = ?, credit = null, born = null, name = ? where id ="
                    + " ?")) {
      while (rows.next()) {
        int id = rows.getInt("id");
        if (!rows.getString("region").equals("EU") || id == 7) {
          delete.setInt(1, id);
          delete.execute();
        } else {
          mask.setString(1, partialMail(rows.getString("email")));
          mask.setString(2, firstFour(rows.getString("name")));
          mask.setInt(3, id);
          mask.execute();
        }
      }
    }
  }

  private static void wide(Connection connection) throws SQLException {
    try (Statement read = connection.createStatement();
        ResultSet rows = read.executeQuery("select i4, i2, t, v, d, u, b from wide");
        PreparedStatement delete = connection.prepareStatement("delete from wide where i4 = ?");
        PreparedStatement mask =
            connection.prepareStatement(
                "update wide set n = null, f8 = null, jb = null, t = ?, v = ?, d = ?,"
                    + " i2 = case when i2 is not null then 4 end,"
                    + " u = case when u is not null then"
                    + " '00000000-0000-0000-0000-000000000000'::uuid end where i4 = ?")) {
      while (rows.next()) {
        int key = rows.getInt("i4");
        boolean refused = Boolean.FALSE.equals(rows.getObject("b"));
        if (key % 5 == 2 || refused) {
          delete.setInt(1, key);
          delete.execute();
        } else {
          mask.setString(1, redacted(rows.getString("t")));
          mask.setString(2, lastFour(rows.getString("v")));
          mask.setDate(3, firstOfYear(rows.getObject("d", LocalDate.class)));
          mask.setInt(4, key);
          mask.execute();
        }
      }
    }
  }

  private static void purchases(Connection connection) throws SQLException {
    try (Statement read = connection.createStatement();
        ResultSet rows = read.executeQuery("select id, total, country from purchase");
        PreparedStatement mask =
            connection.prepareStatement("update purchase set total = ? where id = ?")) {
      while (rows.next()) {
        BigDecimal tens =
            rows.getBigDecimal("total").divide(BigDecimal.TEN).setScale(0, RoundingMode.HALF_UP);
        boolean hidden = "US".equals(rows.getString("country"));
        mask.setBigDecimal(1, hidden ? BigDecimal.ZERO : tens.multiply(BigDecimal.TEN));
        mask.setInt(2, rows.getInt("id"));
        mask.execute();
      }
    }
  }

  private static void oddNames(Connection connection, byte[] tokenKey) throws SQLException {
    try (Statement read = connection.createStatement();
        ResultSet rows = read.executeQuery("select \"select\", \"a\"\"b\" from \"Odd Name\"");
        PreparedStatement mask =
            connection.prepareStatement(
                "update \"Odd Name\" set \"a\"\"b\" = ? where \"select\" = ?")) {
      while (rows.next()) {
        mask.setString(1, token(tokenKey, rows.getString(2)));
        mask.setInt(2, rows.getInt(1));
        mask.execute();
      }
    }
  }

  private static @Nullable String token(byte[] key, @Nullable String value) {
    if (value == null) {
      return null;
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal(value.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has HMAC-SHA-256", impossible);
    }
  }

  private static @Nullable String firstFour(@Nullable String value) {
    if (value == null) {
      return null;
    }
    int shown = value.length() < SHORTEST_PARTLY_SHOWN ? 0 : 4;
    return value.substring(0, shown) + "x".repeat(value.length() - shown);
  }

  private static @Nullable String redacted(@Nullable String value) {
    return value == null
        ? null
        : value.codePoints().mapToObj(MaskedCopy::redacted).reduce("", String::concat);
  }

  private static String redacted(int character) {
    return " @.,:;_/()+-".indexOf(character) >= 0 ? Character.toString(character) : "x";
  }

  private static @Nullable String lastFour(@Nullable String value) {
    if (value == null) {
      return null;
    }
    int hidden = value.length() < SHORTEST_PARTLY_SHOWN ? value.length() : value.length() - 4;
    return "x".repeat(hidden) + value.substring(hidden);
  }

  private static @Nullable String partialMail(@Nullable String value) {
    if (value == null) {
      return null;
    }
    int at = value.lastIndexOf('@');
    int shown = at >= 3 ? 1 : 0;
    return value.substring(0, shown) + "x".repeat(at - shown) + value.substring(at);
  }

  private static @Nullable Date firstOfYear(@Nullable LocalDate value) {
    return value == null ? null : Date.valueOf(value.withDayOfYear(1));
  }
}
