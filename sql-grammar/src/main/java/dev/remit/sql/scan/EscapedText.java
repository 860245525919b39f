package dev.remit.sql.scan;

import dev.remit.platform.error.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// `E'…'`: a string with backslash escapes.
///
/// Octal and hexadecimal escapes are bytes, so the value is gathered as UTF-8 and must be valid
/// UTF-8 at its end, without a zero byte.
final class EscapedText {
  private final Scanner scanner;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  EscapedText(Scanner scanner) {
    this.scanner = scanner;
  }

  /// The scanner stands on the opening quote.
  String read() {
    do {
      segment();
    } while (QuotedText.continues(scanner));
    byte[] value = bytes.toByteArray();
    for (byte b : value) {
      if (b == 0) {
        throw scanner.error("invalid byte sequence for encoding \"UTF8\": 0x00");
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
    } catch (CharacterCodingException invalid) {
      throw scanner.error("invalid byte sequence for encoding \"UTF8\" in an escape string");
    }
  }

  private void segment() {
    String text = scanner.text();
    int at = scanner.index() + 1;
    while (true) {
      if (at >= text.length()) {
        throw scanner.error("unterminated quoted string");
      }
      int c = text.codePointAt(at);
      if (c == '\'' && at + 1 < text.length() && text.charAt(at + 1) == '\'') {
        bytes.write('\'');
        at += 2;
      } else if (c == '\'') {
        scanner.moveTo(at + 1);
        return;
      } else if (c == '\\') {
        at = escape(text, at + 1);
      } else {
        append(c);
        at += Character.charCount(c);
      }
    }
  }

  /// @param at index after the backslash
  private int escape(String text, int at) {
    if (at >= text.length()) {
      throw scanner.error("unterminated quoted string");
    }
    int c = text.codePointAt(at);
    return switch (c) {
      case 'b' -> single('\b', at);
      case 'f' -> single('\f', at);
      case 'n' -> single('\n', at);
      case 'r' -> single('\r', at);
      case 't' -> single('\t', at);
      case 'v' -> single('\u000b', at);
      case 'u' -> unicode(text, at, 4);
      case 'U' -> unicode(text, at, 8);
      case 'x' -> hexadecimal(text, at);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(text, at);
      default -> {
        append(c);
        yield at + Character.charCount(c);
      }
    };
  }

  private int single(char c, int at) {
    bytes.write(c);
    return at + 1;
  }

  private int octal(String text, int at) {
    int value = 0;
    int end = at;
    while (end < text.length() && end < at + 3 && Unicode.digit(text.charAt(end), 8) >= 0) {
      value = value * 8 + Unicode.digit(text.charAt(end), 8);
      end++;
    }
    bytes.write(value & 0xff);
    return end;
  }

  private int hexadecimal(String text, int at) {
    int value = 0;
    int end = at + 1;
    while (end < text.length() && end < at + 3 && Unicode.digit(text.charAt(end), 16) >= 0) {
      value = value * 16 + Unicode.digit(text.charAt(end), 16);
      end++;
    }
    if (end == at + 1) {
      bytes.write('x');
    } else {
      bytes.write(value);
    }
    return end;
  }

  private int unicode(String text, int at, int digits) {
    int unit = Unicode.hexadecimal(text, at + 1, digits);
    if (unit < 0) {
      throw scanner.errorAt(
          ErrorCode.INVALID_ESCAPE, "invalid Unicode escape", scanner.positionOf(at - 1));
    }
    int end = at + 1 + digits;
    if (Unicode.isHighSurrogate(unit)) {
      boolean shorter = text.startsWith("\\u", end);
      int low =
          shorter || text.startsWith("\\U", end)
              ? Unicode.hexadecimal(text, end + 2, shorter ? 4 : 8)
              : -1;
      if (!Unicode.isLowSurrogate(low)) {
        throw scanner.error("invalid Unicode surrogate pair");
      }
      append(Character.toCodePoint((char) unit, (char) low));
      return end + (shorter ? 6 : 10);
    }
    append(Unicode.requireCharacter(unit, scanner::error));
    return end;
  }

  private void append(int character) {
    bytes.writeBytes(Character.toString(character).getBytes(StandardCharsets.UTF_8));
  }
}
