package dev.remit.proxy.person;

import dev.remit.proxy.model.KeyText;
import io.vertx.core.buffer.Buffer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Reads values that a client has bound, in text or in PostgreSQL's binary form (`*_recv` in its
/// sources). A value that cannot be read so names nobody; the source will refuse it or not.
final class BoundTexts {
  private static final int FIRST_OF_USERS = 16_384;
  private static final int ARRAY_HEADER = 12;
  private static final int ARRAY_DIMENSION = 8;
  private static final int NUMERIC_HEADER = 8;
  private static final int NUMERIC_NEGATIVE = 0x4000;

  private BoundTexts() {}

  /// None or one.
  static List<String> scalar(ParameterValue value, long type) {
    return value.binary()
        ? binary(value.bytes(), 0, value.bytes().length(), type)
        : List.of(value.bytes().toString(StandardCharsets.UTF_8));
  }

  /// The elements of an array that are not NULL, at most so many.
  static List<String> elements(ParameterValue value, int most) {
    if (!value.binary()) {
      return ArrayText.elements(value.bytes().toString(StandardCharsets.UTF_8), most);
    }
    try {
      return elements(value.bytes(), most);
    } catch (IndexOutOfBoundsException malformed) {
      return List.of();
    }
  }

  private static List<String> elements(Buffer bytes, int most) {
    int dimensions = bytes.getInt(0);
    long type = bytes.getUnsignedInt(8);
    List<String> elements = new ArrayList<>();
    int at = ARRAY_HEADER + ARRAY_DIMENSION * dimensions;
    while (at < bytes.length() && elements.size() < most) {
      int length = bytes.getInt(at);
      at += Integer.BYTES;
      if (length >= 0) {
        elements.addAll(binary(bytes, at, length, type));
        at += length;
      }
    }
    return elements;
  }

  private static List<String> binary(Buffer bytes, int at, int length, long type) {
    if (KeyText.isInteger(type)) {
      return switch (length) {
        case 2 -> List.of(Short.toString(bytes.getShort(at)));
        case 4 -> List.of(Integer.toString(bytes.getInt(at)));
        case 8 -> List.of(Long.toString(bytes.getLong(at)));
        default -> List.of();
      };
    }
    return switch ((int) type) {
      case 19, 25, 1042, 1043 -> text(bytes, at, length);
      case 701 -> length == 8 ? number(bytes.getDouble(at)) : List.of();
      case 1700 -> numeric(bytes, at, length);
      case 2950 ->
          length == 16
              ? List.of(new UUID(bytes.getLong(at), bytes.getLong(at + 8)).toString())
              : List.of();
      default -> type >= FIRST_OF_USERS ? text(bytes, at, length) : List.of();
    };
  }

  private static List<String> text(Buffer bytes, int at, int length) {
    return List.of(bytes.getString(at, at + length, StandardCharsets.UTF_8.name()));
  }

  private static List<String> number(double value) {
    return Double.isFinite(value) ? List.of(new BigDecimal(value).toPlainString()) : List.of();
  }

  /// Count of digits to the base of 10,000, weight of the first, sign, scale; then the digits.
  private static List<String> numeric(Buffer bytes, int at, int length) {
    if (length < NUMERIC_HEADER) {
      return List.of();
    }
    int digits = bytes.getUnsignedShort(at);
    int weight = bytes.getShort(at + 2);
    int sign = bytes.getUnsignedShort(at + 4);
    if (length != NUMERIC_HEADER + 2 * digits || (sign != 0 && sign != NUMERIC_NEGATIVE)) {
      return List.of();
    }
    BigInteger value = BigInteger.ZERO;
    for (int i = 0; i < digits; i++) {
      value =
          value
              .multiply(BigInteger.valueOf(10_000))
              .add(BigInteger.valueOf(bytes.getUnsignedShort(at + NUMERIC_HEADER + 2 * i)));
    }
    BigDecimal number = new BigDecimal(value, 4 * (digits - 1 - weight));
    return List.of((sign == 0 ? number : number.negate()).toPlainString());
  }
}
