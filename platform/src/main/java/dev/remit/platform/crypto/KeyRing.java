package dev.remit.platform.crypto;

/// Holds a tenant's keys: signs, seals and derives by key name.
///
/// Two real implementations stand behind this door: the embedded key store on disk, and Vault.
/// Every method may be called from any thread. Names are lower-case words joined by `-`, for
/// example `log-signing`; a key that does not exist yet is made on first use and is durable before
/// the call returns.
public interface KeyRing extends AutoCloseable {

  /// Ed25519 signature (RFC 8032) over the message, 64 bytes.
  byte[] sign(String keyName, byte[] message);

  /// Raw Ed25519 public key, 32 bytes.
  byte[] publicKey(String keyName);

  /// AES-256-GCM envelope over the plaintext, bound to `context` as associated data.
  byte[] seal(String keyName, byte[] plaintext, byte[] context);

  /// Opens an envelope of [#seal]; an altered envelope or another context is refused with an
  /// `IllegalArgumentException`.
  byte[] unseal(String keyName, byte[] sealed, byte[] context);

  /// 32 bytes derived from the named secret for one use, by HKDF-SHA-256 (RFC 5869) with `context`
  /// as info. Equal arguments give equal bytes; the named secret itself never leaves.
  byte[] derive(String keyName, String context);

  @Override
  void close();
}
