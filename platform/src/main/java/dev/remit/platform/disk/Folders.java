package dev.remit.platform.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// Deletes folders that hold nothing anyone was promised.
public final class Folders {
  private Folders() {}

  /// Deletes the folder and everything in it, links themselves and not what they point to; nothing
  /// happens when it is not there.
  public static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("could not delete " + folder, failure);
    }
  }
}
