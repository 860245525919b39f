package dev.remit.catalog.model;

/// One classification of a column in the dotted taxonomy.
///
/// @param name for example `contact.email`; a tag implies each of its prefixes
/// @param confidence 0 to 1; 1 for a declared tag
/// @param reason why it was given, without any sampled value
/// @param declared true when a person declared it, false when the classifier suggested it
public record Tag(String name, double confidence, String reason, boolean declared) {

  /// Whether this tag is the given one or lies below it.
  public boolean isWithin(String ancestor) {
    return name.equals(ancestor) || name.startsWith(ancestor + ".");
  }
}
