package dev.remit.platform.crypto;

import dev.remit.platform.disk.PrivateFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Collections;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/// The key store's file: secrets by alias, in Bouncy Castle's FIPS key store format (BCFKS: AES-CCM
/// entries, HMAC over the whole, key by PBKDF2 from the password file).
///
/// Every change is written whole, forced to disk and renamed into place before it is used. A
/// missing password beside an existing key store is refused: making a fresh one would hide the
/// loss.
final class KeyStoreFile {
  /// The label BCFKS gives an entry; our entries are plain secrets whatever they are used for.
  private static final String ENTRY_ALGORITHM = "HmacSHA256";

  private final Path file;
  private final char[] password;
  private final SecureRandom random;
  private final KeyStore keys;

  private KeyStoreFile(Path file, char[] password, SecureRandom random, KeyStore keys) {
    this.file = file;
    this.password = password;
    this.random = random;
    this.keys = keys;
  }

  static KeyStoreFile open(Path folder, SecureRandom random) {
    Path file = folder.resolve("ring.bcfks");
    Path passwordFile = folder.resolve("ring.password");
    boolean exists = Files.exists(file);
    if (exists && !Files.exists(passwordFile)) {
      throw new IllegalStateException(
          passwordFile + " is missing: without it the keys in " + file + " cannot be opened");
    }
    char[] password = PrivateFiles.password(passwordFile, random).toCharArray();
    try {
      KeyStore keys = KeyStore.getInstance("BCFKS", new BouncyCastleProvider());
      keys.load(exists ? new ByteArrayInputStream(PrivateFiles.read(file)) : null, password);
      return new KeyStoreFile(file, password, random, keys);
    } catch (IOException failure) {
      throw new UncheckedIOException(
          file + " is damaged or was made with another password", failure);
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException("could not open " + file, failure);
    }
  }

  /// The secret of this alias; random bytes, durable when this returns, where there was none.
  synchronized byte[] getOrCreate(String alias, int bytes) {
    try {
      Key existing = keys.getKey(alias, password);
      if (existing != null) {
        return existing.getEncoded();
      }
      byte[] secret = new byte[bytes];
      random.nextBytes(secret);
      keys.setKeyEntry(alias, new SecretKeySpec(secret, ENTRY_ALGORITHM), password, null);
      store(alias);
      return secret;
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException("could not use the key " + alias + " of " + file, failure);
    }
  }

  /// Highest `n` for which the alias `use#n` exists; 0 when there is none.
  synchronized int highestVersion(String use) {
    String prefix = use + "#";
    try {
      return Collections.list(keys.aliases()).stream()
          .filter(alias -> alias.startsWith(prefix))
          .mapToInt(alias -> Integer.parseInt(alias.substring(prefix.length())))
          .max()
          .orElse(0);
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException("could not list the keys of " + file, failure);
    }
  }

  private void store(String added) throws GeneralSecurityException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      keys.store(bytes, password);
      PrivateFiles.write(file, bytes.toByteArray());
    } catch (IOException failure) {
      keys.deleteEntry(added);
      throw new UncheckedIOException("could not write the key store", failure);
    } catch (UncheckedIOException failure) {
      keys.deleteEntry(added);
      throw failure;
    }
  }
}
