package dev.remit.catalog.model;

import java.util.regex.Pattern;

/// Identifier of a purpose in the data-use catalogue, for example `service` or `marketing.email`.
public record PurposeCode(String value) implements Comparable<PurposeCode> {
  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9_.-]{0,62}");

  public PurposeCode {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a purpose is 1 to 63 characters of a-z, 0-9, _, . and -, beginning with a letter");
    }
  }

  @Override
  public int compareTo(PurposeCode other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
