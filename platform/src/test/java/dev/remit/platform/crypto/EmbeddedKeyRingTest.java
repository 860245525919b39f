package dev.remit.platform.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The key ring on disk: the contract, and what only a file can do wrong.
///
/// Lost passwords, damaged files, readable modes and a second process are each refused by name.
class EmbeddedKeyRingTest extends KeyRingContract {
  private static final byte[] MESSAGE = "one entry".getBytes(UTF_8);
  @TempDir private Path folder;

  @Override
  KeyRing open() {
    return EmbeddedKeyRing.open(folder.resolve("keys"), new SecureRandom());
  }

  @Test
  void everyFileIsReadableByItsOwnerOnly() throws IOException {
    try (EmbeddedKeyRing ring = second()) {
      ring.publicKey("log-signing");
      try (Stream<Path> files = Files.walk(folder.resolve("second"))) {
        for (Path file : files.filter(path -> !path.endsWith("lock")).toList()) {
          assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
              .as(file.toString())
              .endsWith("------");
        }
      }
    }
  }

  @Test
  void aKeyIsOnDiskBeforeItIsFirstUsed() throws IOException {
    byte[] publicKey;
    Path copy = folder.resolve("copy");
    Files.createDirectories(copy);
    try (EmbeddedKeyRing ring = second()) {
      publicKey = ring.publicKey("log-signing");
      for (String name : new String[] {"ring.bcfks", "ring.password"}) {
        Files.copy(
            folder.resolve("second").resolve(name),
            copy.resolve(name),
            StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    try (KeyRing afterCrash = EmbeddedKeyRing.open(copy, new SecureRandom())) {
      assertThat(afterCrash.publicKey("log-signing")).isEqualTo(publicKey);
    }
  }

  @Test
  void envelopesOfAnEarlierKeyVersionStillOpenAfterRotation() {
    try (EmbeddedKeyRing ring = second()) {
      byte[] before = ring.seal("credentials", MESSAGE, MESSAGE);
      ring.rotate("credentials");
      byte[] after = ring.seal("credentials", MESSAGE, MESSAGE);
      assertThat(after[4]).isEqualTo((byte) (before[4] + 1));
      assertThat(ring.unseal("credentials", before, MESSAGE)).isEqualTo(MESSAGE);
      assertThat(ring.unseal("credentials", after, MESSAGE)).isEqualTo(MESSAGE);
    }
  }

  @Test
  void aSecondOpeningIsRefusedWhileTheFirstLasts() {
    try (EmbeddedKeyRing ring = second()) {
      assertThat(ring.publicKey("log-signing")).hasSize(32);
      assertThatThrownBy(this::second)
          .isInstanceOfSatisfying(
              RemitException.class,
              refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.CONFLICT))
          .hasMessageContaining("in use by another Remit process");
    }
    second().close();
  }

  @Test
  void aLostPasswordIsNamedAndNotReplaced() throws IOException {
    try (EmbeddedKeyRing ring = second()) {
      ring.publicKey("log-signing");
    }
    Files.delete(folder.resolve("second/ring.password"));
    assertThatThrownBy(this::second).hasMessageContaining("ring.password is missing");
  }

  @Test
  void aDamagedKeyStoreIsRefused() throws IOException {
    try (EmbeddedKeyRing ring = second()) {
      ring.publicKey("log-signing");
    }
    Path file = folder.resolve("second/ring.bcfks");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(this::second).hasMessageContaining("ring.bcfks");
  }

  @Test
  void aPasswordFileThatOthersMayReadIsRefused() throws IOException {
    second().close();
    Files.setPosixFilePermissions(
        folder.resolve("second/ring.password"), PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(this::second)
        .isInstanceOf(UncheckedIOException.class)
        .hasRootCauseMessage(
            folder.resolve("second/ring.password")
                + " may be read by others; make it private with: chmod 600 "
                + folder.resolve("second/ring.password"));
  }

  private EmbeddedKeyRing second() {
    return EmbeddedKeyRing.open(folder.resolve("second"), new SecureRandom());
  }
}
