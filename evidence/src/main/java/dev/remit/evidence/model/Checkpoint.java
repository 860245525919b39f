package dev.remit.evidence.model;

import java.util.Base64;

/// What a log commits to: its name, its size and the root over all its leaves (C2SP
/// tlog-checkpoint).
///
/// Text form: three lines, each ended by a newline: origin, decimal size, base64 root. Extension
/// lines are refused: an ML-DSA cosignature would not cover them.
public record Checkpoint(String origin, long size, Hash root) {
  private static final int LINES = 3;

  public Checkpoint {
    if (origin.isEmpty() || origin.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      throw new IllegalArgumentException("an origin is one non-empty line");
    }
    if (size < 0) {
      throw new IllegalArgumentException("a log's size is not negative");
    }
    if (size == 0 && !root.equals(MerkleTree.emptyRoot())) {
      throw new IllegalArgumentException("the root of an empty log is SHA-256 of nothing");
    }
  }

  /// The text that is signed.
  public String text() {
    return origin + "\n" + size + "\n" + root.base64() + "\n";
  }

  /// Reads the text form; anything that [#text] would not write is an `IllegalArgumentException`.
  public static Checkpoint parse(String text) {
    String[] lines = text.split("\n", -1);
    if (lines.length != LINES + 1 || !lines[LINES].isEmpty()) {
      throw new IllegalArgumentException("a checkpoint has exactly three lines");
    }
    if (!lines[1].matches("0|[1-9][0-9]{0,18}")) {
      throw new IllegalArgumentException("a checkpoint's size is decimal without leading zeros");
    }
    byte[] root = Base64.getDecoder().decode(lines[2]);
    Checkpoint read = new Checkpoint(lines[0], Long.parseLong(lines[1]), Hash.of(root));
    if (!read.text().equals(text)) {
      throw new IllegalArgumentException("a checkpoint's root is canonical base64");
    }
    return read;
  }
}
