package dev.remit.server.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The files that people wrote, as they lie in the repository.
final class SourceTree {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private SourceTree() {}

  /// Java of every module, product and tests; generated code is not written by people.
  static List<Path> java() {
    return files(".java").stream().filter(file -> !file.toString().contains("/jooq/")).toList();
  }

  /// Java of the product alone.
  static List<Path> product() {
    return java().stream().filter(file -> file.toString().contains("/src/main/")).toList();
  }

  /// Files below some module's `src` whose name ends so.
  static List<Path> files(String ending) {
    try (Stream<Path> paths = Files.walk(ROOT, 25)) {
      return paths
          .filter(path -> path.toString().endsWith(ending))
          .filter(path -> path.toString().contains("/src/"))
          .filter(path -> !path.toString().contains("/target/"))
          .filter(path -> !path.toString().contains("/."))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException("could not walk the repository", failure);
    }
  }

  static String name(Path file) {
    return ROOT.relativize(file).toString();
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException("could not read " + file, failure);
    }
  }
}
