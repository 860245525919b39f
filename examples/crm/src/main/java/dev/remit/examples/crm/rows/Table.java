package dev.remit.examples.crm.rows;

import java.io.IOException;

/// One table to load.
///
/// @param columns names in the order of the fields, separated by commas
public record Table(String name, String columns, Rows rows) {

  /// Writes all rows of the table, each time the same.
  @FunctionalInterface
  public interface Rows {
    void writeTo(RowWriter out) throws IOException;
  }
}
