package dev.remit.catalog.source;

import dev.remit.catalog.model.SourceConnection;
import dev.remit.catalog.model.SourceConnection.Tls;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads `postgresql://user@host:port/database?sslmode=…`, strictly.
///
/// What libpq also allows but would be ambiguous or unsafe here is refused: a password in the
/// address, several hosts, Unix sockets, parameters other than `sslmode`, and the modes that fall
/// back to plain text. No message repeats the address, because a password may stand in it.
public final class SourceUrl {
  private static final Pattern FORM =
      Pattern.compile(
          "postgres(?:ql)?://(?<user>[^:@/?#]+)(?<password>:[^/?#]*)?@"
              + "(?<host>\\[[0-9A-Fa-f:.]+]|[^:/?#\\[\\],@\\s]+)(?::(?<port>[0-9]{1,5}))?"
              + "/(?<database>[^/?#]+)(?:\\?(?<query>[^#]*))?");
  private static final Pattern LOOPBACK = Pattern.compile("127(\\.[0-9]{1,3}){3}");
  private static final String EXPECTED = "postgresql://user@host:port/database?sslmode=verify-full";
  private static final int DEFAULT_PORT = 5432;

  private SourceUrl() {}

  /// @throws RemitException INVALID_REQUEST saying which part is wrong
  public static SourceConnection parse(String url, String password) {
    Matcher parts = FORM.matcher(url);
    if (!parts.matches()) {
      throw refused("the address of a source has the form " + EXPECTED);
    }
    if (parts.group("password") != null) {
      throw refused(
          "the address holds a password; leave it out and give it by prompt, file or environment");
    }
    String host = parts.group("host").replace("[", "").replace("]", "");
    return new SourceConnection(
        host,
        port(parts),
        decoded(parts.group("database"), "database"),
        decoded(parts.group("user"), "user"),
        password,
        tls(parts, host));
  }

  private static int port(Matcher parts) {
    String text = parts.group("port");
    int port = text == null ? DEFAULT_PORT : Integer.parseInt(text);
    if (port < 1 || port > 65_535) {
      throw refused("the port of a source lies between 1 and 65535");
    }
    return port;
  }

  private static Tls tls(Matcher parts, String host) {
    String query = parts.group("query");
    if (query == null || query.isEmpty()) {
      return isLoopback(host) ? Tls.DISABLE : Tls.VERIFY_FULL;
    }
    return switch (query) {
      case "sslmode=disable" -> Tls.DISABLE;
      case "sslmode=require" -> Tls.REQUIRE;
      case "sslmode=verify-full" -> Tls.VERIFY_FULL;
      default ->
          throw refused(
              "the only parameter of a source's address is sslmode=disable, sslmode=require or"
                  + " sslmode=verify-full; without it loopback is plain and all else verify-full");
    };
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.equals("::1") || LOOPBACK.matcher(host).matches();
  }

  private static String decoded(String text, String part) {
    try {
      String value = URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
      if (!value.isBlank() && value.chars().noneMatch(Character::isISOControl)) {
        return value;
      }
    } catch (IllegalArgumentException malformed) {
      throw new RemitException(
          ErrorCode.INVALID_REQUEST,
          "the " + part + " in the source's address is not proper percent-encoding",
          malformed);
    }
    throw refused("the " + part + " in the source's address is empty or holds control characters");
  }

  private static RemitException refused(String message) {
    return new RemitException(ErrorCode.INVALID_REQUEST, message);
  }
}
