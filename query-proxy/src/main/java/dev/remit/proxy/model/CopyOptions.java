package dev.remit.proxy.model;

/// Options of COPY TO, with PostgreSQL's defaults applied.
///
/// @param delimiter one byte
/// @param nullText how NULL is written
/// @param forceQuote whether every non-null value is quoted (csv)
public record CopyOptions(
    Format format,
    char delimiter,
    String nullText,
    boolean header,
    char quote,
    char escape,
    boolean forceQuote) {
  public enum Format {
    TEXT,
    CSV,
    BINARY
  }
}
