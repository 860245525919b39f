package dev.remit.evidence.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/// A named Ed25519 key that verifies signed notes (C2SP signed-note, signature type 0x01).
///
/// Text form: `name+hex8+base64(type || key)`. Key id: the first four bytes of `SHA-256(name ||
/// 0x0A || type || key)`.
public final class VerifierKey {
  private static final byte ED25519 = 1;
  private static final int KEY_BYTES = 32;

  private final String name;
  private final byte[] typedKey;
  private final int keyId;

  private VerifierKey(String name, byte[] typedKey) {
    SignedNote.checkName(name);
    if (typedKey.length != 1 + KEY_BYTES || typedKey[0] != ED25519) {
      throw new IllegalArgumentException("only Ed25519 keys (type 0x01, 32 bytes) are known here");
    }
    this.name = name;
    this.typedKey = typedKey;
    this.keyId = keyId(name, typedKey);
  }

  /// @param publicKey raw Ed25519 public key, 32 bytes
  public static VerifierKey ed25519(String name, byte[] publicKey) {
    return new VerifierKey(
        name, ByteBuffer.allocate(1 + publicKey.length).put(ED25519).put(publicKey).array());
  }

  /// Reads the text form; a key id that does not fit is an `IllegalArgumentException`.
  public static VerifierKey parse(String text) {
    String[] parts = text.split("\\+", 3);
    if (parts.length != 3) {
      throw new IllegalArgumentException("a verifier key reads name+hash+base64");
    }
    VerifierKey key = new VerifierKey(parts[0], Base64.getDecoder().decode(parts[2]));
    if (!key.idText().equals(parts[1])) {
      throw new IllegalArgumentException("the key id does not belong to this name and key");
    }
    return key;
  }

  /// Who signs: the log's origin, as a rule.
  public String name() {
    return name;
  }

  /// Four bytes, big-endian.
  public int keyId() {
    return keyId;
  }

  /// Whether the signature line's 64 bytes are this key's Ed25519 signature over the text.
  public boolean verifies(String text, byte[] signature) {
    Ed25519Signer verifier = new Ed25519Signer();
    verifier.init(false, new Ed25519PublicKeyParameters(typedKey, 1));
    byte[] message = text.getBytes(StandardCharsets.UTF_8);
    verifier.update(message, 0, message.length);
    return verifier.verifySignature(signature);
  }

  private String idText() {
    return HexFormat.of().toHexDigits(keyId);
  }

  private static int keyId(String name, byte[] typedKey) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(name.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) '\n');
      return ByteBuffer.wrap(digest.digest(typedKey)).getInt();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerifierKey key
        && name.equals(key.name)
        && Arrays.equals(typedKey, key.typedKey);
  }

  @Override
  public int hashCode() {
    return keyId;
  }

  /// The text form.
  @Override
  public String toString() {
    return name + "+" + idText() + "+" + Base64.getEncoder().encodeToString(typedKey);
  }
}
