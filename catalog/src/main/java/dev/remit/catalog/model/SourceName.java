package dev.remit.catalog.model;

import java.util.regex.Pattern;

/// Name of a registered source; the database name under which clients reach it through the proxy.
public record SourceName(String value) implements Comparable<SourceName> {
  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9_-]{0,62}");

  public SourceName {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a source name is 1 to 63 characters of a-z, 0-9, _ and -, beginning with a letter");
    }
  }

  @Override
  public int compareTo(SourceName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
