package dev.remit.platform.crypto;

import dev.remit.platform.disk.FolderLock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/// The key ring on disk: a Bouncy Castle key store (BCFKS) beside the generated password that opens
/// it, both readable by their owner only.
///
/// Whoever can read the folder holds every key; that is the price of needing nothing else to start
/// (SECURITY.md). One name serves one use: it is a signing key, a sealing key or a secret, decided
/// by its first use, each under an alias of its own. A new key is on disk before the call that made
/// it returns. One process at a time: the folder is locked.
///
/// Envelope of [#seal]: format byte 1 · key version, 4 bytes big-endian · nonce, 12 bytes, random ·
/// AES-256-GCM ciphertext with 16-byte tag (NIST SP 800-38D). Associated data: format byte,
/// version, length of the key name, key name, context. Random nonces allow 2^32 envelopes under one
/// version.
public final class EmbeddedKeyRing implements KeyRing {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final byte FORMAT = 1;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int HEADER_BYTES = 1 + Integer.BYTES;
  private static final int SECRET_BYTES = 32;

  private final FolderLock lock;
  private final KeyStoreFile file;
  private final SecureRandom random;

  /// Over the file, filled on first use; never holds a key that is not on disk.
  private final Map<String, byte[]> secrets = new ConcurrentHashMap<>();

  private EmbeddedKeyRing(FolderLock lock, KeyStoreFile file, SecureRandom random) {
    this.lock = lock;
    this.file = file;
    this.random = random;
  }

  /// Opens the key ring in the folder, making an empty one when there is none.
  ///
  /// Refused with CONFLICT while another process has it open.
  public static EmbeddedKeyRing open(Path folder, SecureRandom random) {
    FolderLock lock = FolderLock.take(folder, "lock");
    try {
      return new EmbeddedKeyRing(lock, KeyStoreFile.open(folder, random), random);
    } catch (RuntimeException failure) {
      lock.close();
      throw failure;
    }
  }

  @Override
  public byte[] sign(String keyName, byte[] message) {
    Ed25519Signer signer = new Ed25519Signer();
    signer.init(true, signingKey(keyName));
    signer.update(message, 0, message.length);
    return signer.generateSignature();
  }

  @Override
  public byte[] publicKey(String keyName) {
    return signingKey(keyName).generatePublicKey().getEncoded();
  }

  @Override
  public byte[] seal(String keyName, byte[] plaintext, byte[] context) {
    int version = Math.max(1, file.highestVersion("seal." + checked(keyName)));
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] ciphertext =
        gcm(Cipher.ENCRYPT_MODE, keyName, version, nonce, context, plaintext, 0, plaintext.length);
    return ByteBuffer.allocate(HEADER_BYTES + NONCE_BYTES + ciphertext.length)
        .put(FORMAT)
        .putInt(version)
        .put(nonce)
        .put(ciphertext)
        .array();
  }

  @Override
  public byte[] unseal(String keyName, byte[] sealed, byte[] context) {
    if (sealed.length < HEADER_BYTES + NONCE_BYTES + TAG_BITS / 8 || sealed[0] != FORMAT) {
      throw new IllegalArgumentException("this is not an envelope of this key ring");
    }
    int version = ByteBuffer.wrap(sealed, 1, Integer.BYTES).getInt();
    if (version < 1 || version > file.highestVersion("seal." + checked(keyName))) {
      throw new IllegalArgumentException("the key version of this envelope is not in the key ring");
    }
    byte[] nonce = new byte[NONCE_BYTES];
    System.arraycopy(sealed, HEADER_BYTES, nonce, 0, NONCE_BYTES);
    int start = HEADER_BYTES + NONCE_BYTES;
    return gcm(
        Cipher.DECRYPT_MODE,
        keyName,
        version,
        nonce,
        context,
        sealed,
        start,
        sealed.length - start);
  }

  @Override
  public byte[] derive(String keyName, String context) {
    HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA256Digest());
    hkdf.init(
        new HKDFParameters(
            secret("derive." + checked(keyName), 1),
            null,
            context.getBytes(StandardCharsets.UTF_8)));
    byte[] derived = new byte[SECRET_BYTES];
    hkdf.generateBytes(derived, 0, derived.length);
    return derived;
  }

  /// Makes a new version of a sealing key: later envelopes use it, older ones still open.
  public void rotate(String keyName) {
    String use = "seal." + checked(keyName);
    secret(use, file.highestVersion(use) + 1);
  }

  @Override
  public void close() {
    secrets.clear();
    lock.close();
  }

  private Ed25519PrivateKeyParameters signingKey(String keyName) {
    return new Ed25519PrivateKeyParameters(secret("sign." + checked(keyName), 1), 0);
  }

  /// 32 random bytes under the alias `use#version`, made durable when absent. An Ed25519 private
  /// key is its 32-byte seed (RFC 8032 §5.1.5).
  private byte[] secret(String use, int version) {
    return secrets.computeIfAbsent(
        use + "#" + version, alias -> file.getOrCreate(alias, SECRET_BYTES));
  }

  private byte[] gcm(
      int mode,
      String keyName,
      int version,
      byte[] nonce,
      byte[] context,
      byte[] input,
      int offset,
      int length) {
    byte[] name = keyName.getBytes(StandardCharsets.US_ASCII);
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          mode,
          new SecretKeySpec(secret("seal." + keyName, version), "AES"),
          new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(
          ByteBuffer.allocate(HEADER_BYTES + Integer.BYTES + name.length)
              .put(FORMAT)
              .putInt(version)
              .putInt(name.length)
              .put(name)
              .flip());
      cipher.updateAAD(context);
      return cipher.doFinal(input, offset, length);
    } catch (AEADBadTagException altered) {
      throw new IllegalArgumentException(
          "the envelope was altered, or sealed for another context", altered);
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException("AES-256-GCM is not available", failure);
    }
  }

  private static String checked(String keyName) {
    if (!NAME.matcher(keyName).matches()) {
      throw new IllegalArgumentException("a key name is lower-case words joined by `-`");
    }
    return keyName;
  }
}
