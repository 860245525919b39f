package dev.remit.server.administration;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// A text file that a person named as an argument.
final class NamedFile {
  private NamedFile() {}

  /// The file's text in UTF-8; INVALID_REQUEST that names the file when it cannot be read.
  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException absent) {
      throw refused("there is no file " + file, absent);
    } catch (MalformedInputException notText) {
      throw refused(file + " is not a text in UTF-8", notText);
    } catch (IOException failure) {
      throw refused(file + " cannot be read by this user", failure);
    }
  }

  private static RemitException refused(String what, IOException cause) {
    return new RemitException(ErrorCode.INVALID_REQUEST, what, cause);
  }
}
