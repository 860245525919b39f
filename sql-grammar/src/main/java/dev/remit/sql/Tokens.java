package dev.remit.sql;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.sql.model.text.Lexeme;
import dev.remit.sql.scan.Scanner;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Statement text as PostgreSQL's scanner cuts it, without a look at its grammar.
///
/// Stateless and safe for many threads. Errors as those of [PostgresSql].
public final class Tokens {
  /// Longest text that is read, in bytes of UTF-8.
  public static final int MAXIMUM_BYTES = 1024 * 1024;

  /// Most words a text may have.
  public static final int MAXIMUM_WORDS = 300_000;

  private Tokens() {}

  /// One of several statements sent as one text.
  ///
  /// @param text without the semicolon, white space and comments around it
  /// @param offset UTF-16 index in the whole text
  /// @param position 1-based character position in the whole text; an error at position p of this
  ///   statement is at `position + p - 1` of the whole
  public record Part(String text, int offset, int position) {}

  /// The words of a text, the last one [Lexeme.Kind#END].
  public static List<Lexeme> scan(String text) {
    requireSize(text);
    return Scanner.scan(text, MAXIMUM_WORDS);
  }

  /// The statements between the semicolons; empty ones are left out.
  public static List<Part> split(String text) {
    List<Part> parts = new ArrayList<>();
    Lexeme first = null;
    Lexeme last = null;
    for (Lexeme lexeme : scan(text)) {
      if (lexeme.isPunctuation(";") || lexeme.kind() == Lexeme.Kind.END) {
        if (first != null && last != null) {
          parts.add(
              new Part(text.substring(first.start(), last.end()), first.start(), first.position()));
        }
        first = null;
      } else {
        first = first == null ? lexeme : first;
        last = lexeme;
      }
    }
    return List.copyOf(parts);
  }

  private static void requireSize(String text) {
    boolean tooLarge =
        text.length() > MAXIMUM_BYTES
            || (text.length() > MAXIMUM_BYTES / 3
                && text.getBytes(StandardCharsets.UTF_8).length > MAXIMUM_BYTES);
    if (tooLarge) {
      throw new RemitException(
          ErrorCode.STATEMENT_TOO_LARGE,
          "the statement is larger than " + MAXIMUM_BYTES + " bytes; send it in parts");
    }
  }
}
