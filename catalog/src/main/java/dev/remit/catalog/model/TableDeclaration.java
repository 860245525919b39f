package dev.remit.catalog.model;

import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// What people declared of a table beside its structure. All optional; the catalog reports what is
/// still undeclared.
///
/// @param subjectKey columns that identify the person a row is about, as a composite
public record TableDeclaration(
    Optional<String> owner,
    List<String> subjectKey,
    Optional<Residency> residency,
    Optional<Retention> retention) {

  public static final TableDeclaration NONE =
      new TableDeclaration(Optional.empty(), List.of(), Optional.empty(), Optional.empty());

  public TableDeclaration {
    subjectKey = List.copyOf(subjectKey);
  }

  /// The column whose value names the region a row must stay in.
  public record Residency(String column) {}

  /// Rows whose `column` is older than `keep`, by the clock of `zone`, are expired.
  public record Retention(String column, Period keep, ZoneId zone) {}
}
