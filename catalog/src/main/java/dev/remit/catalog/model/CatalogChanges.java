package dev.remit.catalog.model;

import java.util.List;

/// The difference that a scan found or that a document makes, for people to read.
///
/// @param changes in reading order; empty when nothing changes
/// @param problems for a document: why it is refused, empty when it can be applied; for a scan:
///   what could not be looked at
/// @param after the catalog with the changes made, for other rooms to check their part against; of
///   a refused document: the catalog as it is
public record CatalogChanges(List<Change> changes, List<String> problems, CatalogSnapshot after) {
  public CatalogChanges {
    changes = List.copyOf(changes);
    problems = List.copyOf(problems);
  }

  /// Whether something came, went or became different.
  public enum Kind {
    ADDED,
    REMOVED,
    CHANGED
  }

  /// One line of the difference.
  ///
  /// @param subject for example `column public.customers.email`
  /// @param detail what is different, may be empty; never a sampled value
  public record Change(Kind kind, String subject, String detail) {
    @Override
    public String toString() {
      String sign =
          switch (kind) {
            case ADDED -> "+ ";
            case REMOVED -> "- ";
            case CHANGED -> "~ ";
          };
      return sign + subject + (detail.isEmpty() ? "" : ": " + detail);
    }
  }
}
