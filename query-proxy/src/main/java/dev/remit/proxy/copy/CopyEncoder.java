package dev.remit.proxy.copy;

import dev.remit.proxy.model.CopyOptions;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/// Writes rows as one of COPY's formats.
///
/// PostgreSQL documentation, COPY, "File Formats".
public sealed interface CopyEncoder permits TextCopy, CsvCopy, BinaryCopy {

  /// The encoder of these options.
  static CopyEncoder of(CopyOptions options) {
    return switch (options.format()) {
      case TEXT -> new TextCopy(options);
      case CSV -> new CsvCopy(options);
      case BINARY -> new BinaryCopy();
    };
  }

  /// Whether rows have to come in binary form.
  boolean isBinary();

  /// What comes before the rows.
  void begin(Buffer out, List<String> columns);

  /// One DataRow message as CopyData.
  ///
  /// @param from index of its type byte
  /// @param to index after it
  void row(Buffer out, Buffer bytes, int from, int to);

  /// What comes after the rows.
  void end(Buffer out);
}
