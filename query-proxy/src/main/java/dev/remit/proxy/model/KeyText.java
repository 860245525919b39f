package dev.remit.proxy.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One text for each value of a subject key, however a statement spells it: `7`, `'007'` and `0x7`
/// are the same integer.
public final class KeyText {
  private static final Pattern INTEGER =
      Pattern.compile("([+-]?)(?:0[xX]([0-9a-fA-F]+)|0[oO]([0-7]+)|0[bB]([01]+)|(\\d+)(?:\\.0*)?)");

  private static final int LONGEST_NUMBER = 1_000;

  private KeyText() {}

  /// @param type OID of the key column's type
  /// @return empty when the text is no value of the type
  public static Optional<String> of(long type, String text) {
    return switch ((int) type) {
      case 20, 21, 23, 26 -> integer(text);
      case 1700 -> number(text);
      case 2950 -> uuid(text);
      case 1042 -> Optional.of(text.replaceAll(" +$", ""));
      default -> Optional.of(text);
    };
  }

  /// Whether keys of these types have the same text for the same value.
  public static boolean areAlike(long one, long other) {
    return one == other || (isInteger(one) && isInteger(other)) || (isText(one) && isText(other));
  }

  public static boolean isInteger(long type) {
    return type == 20 || type == 21 || type == 23 || type == 26;
  }

  /// `text`, `varchar` and `name`: `char(n)` ignores blanks at the end and is not among them.
  public static boolean isText(long type) {
    return type == 25 || type == 1043 || type == 19;
  }

  private static Optional<String> integer(String text) {
    Matcher matcher = INTEGER.matcher(text.strip().replace("_", ""));
    if (text.length() > LONGEST_NUMBER || !matcher.matches()) {
      return Optional.empty();
    }
    String sign = matcher.group(1);
    int[] radixes = {16, 8, 2, 10};
    for (int i = 0; i < radixes.length; i++) {
      String digits = matcher.group(i + 2);
      if (digits != null) {
        return Optional.of(new BigInteger(sign + digits, radixes[i]).toString());
      }
    }
    return Optional.empty();
  }

  private static Optional<String> number(String text) {
    if (text.length() > LONGEST_NUMBER) {
      return Optional.empty();
    }
    try {
      BigDecimal number = new BigDecimal(text.strip().replace("_", ""));
      return Math.abs((long) number.scale()) > LONGEST_NUMBER
          ? Optional.empty()
          : Optional.of(number.stripTrailingZeros().toPlainString());
    } catch (NumberFormatException noNumber) {
      return Optional.empty();
    }
  }

  /// PostgreSQL reads it with braces and with hyphens anywhere between its pairs of bytes.
  private static Optional<String> uuid(String text) {
    String digits = text.strip().replaceAll("[{}-]", "");
    if (!digits.matches("[0-9a-fA-F]{32}")) {
      return Optional.empty();
    }
    return Optional.of(
        new UUID(
                Long.parseUnsignedLong(digits.substring(0, 16), 16),
                Long.parseUnsignedLong(digits.substring(16), 16))
            .toString());
  }
}
