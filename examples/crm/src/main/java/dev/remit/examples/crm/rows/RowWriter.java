package dev.remit.examples.crm.rows;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/// Writes rows in COPY text format: fields separated by tabulators, rows ended by line feeds, `\N`
/// for NULL (PostgreSQL documentation, COPY, "Text Format"). Not thread-safe; call [#flush] last.
public final class RowWriter {
  private static final int FLUSH_AT_CHARACTERS = 1 << 16;

  private final OutputStream out;
  private final StringBuilder pending = new StringBuilder(FLUSH_AT_CHARACTERS + 4_096);
  private boolean rowBegun;
  private long rows;

  public RowWriter(OutputStream out) {
    this.out = out;
  }

  RowWriter text(String value) {
    beginField();
    for (int i = 0; i < value.length(); i++) {
      char symbol = value.charAt(i);
      switch (symbol) {
        case '\\' -> pending.append("\\\\");
        case '\t' -> pending.append("\\t");
        case '\n' -> pending.append("\\n");
        case '\r' -> pending.append("\\r");
        case Character.MIN_VALUE -> throw new IllegalArgumentException("text cannot hold U+0000");
        default -> pending.append(symbol);
      }
    }
    return this;
  }

  RowWriter text(Optional<String> value) {
    return value.isPresent() ? text(value.get()) : nothing();
  }

  RowWriter number(long value) {
    beginField();
    pending.append(value);
    return this;
  }

  /// An amount of money, kept in cents.
  RowWriter cents(long value) {
    beginField();
    pending.append(BigDecimal.valueOf(value, 2).toPlainString());
    return this;
  }

  RowWriter truth(boolean value) {
    beginField();
    pending.append(value ? 't' : 'f');
    return this;
  }

  RowWriter instant(Instant value) {
    beginField();
    pending.append(value);
    return this;
  }

  /// NULL.
  RowWriter nothing() {
    beginField();
    pending.append("\\N");
    return this;
  }

  void endRow() throws IOException {
    pending.append('\n');
    rowBegun = false;
    rows++;
    if (pending.length() >= FLUSH_AT_CHARACTERS) {
      flush();
    }
  }

  /// Hands everything on.
  public void flush() throws IOException {
    out.write(pending.toString().getBytes(StandardCharsets.UTF_8));
    pending.setLength(0);
  }

  /// Rows ended so far.
  public long rows() {
    return rows;
  }

  private void beginField() {
    if (rowBegun) {
      pending.append('\t');
    }
    rowBegun = true;
  }
}
