package dev.remit.bench.policy;

import dev.remit.platform.crypto.KeyRing;

/// A key ring that derives one key and can do nothing else.
final class FixedKeys implements KeyRing {
  @Override
  public byte[] derive(String keyName, String context) {
    return new byte[32];
  }

  @Override
  public byte[] sign(String keyName, byte[] message) {
    throw new UnsupportedOperationException("nothing is signed here");
  }

  @Override
  public byte[] publicKey(String keyName) {
    throw new UnsupportedOperationException("nothing is signed here");
  }

  @Override
  public byte[] seal(String keyName, byte[] plaintext, byte[] context) {
    throw new UnsupportedOperationException("nothing is sealed here");
  }

  @Override
  public byte[] unseal(String keyName, byte[] sealed, byte[] context) {
    throw new UnsupportedOperationException("nothing is sealed here");
  }

  @Override
  public void close() {}
}
