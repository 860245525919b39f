package dev.remit.evidence.sequence;

/// Everything a batch does that can fail, in order. The fault table of the tests has a row for
/// each.
public enum Step {
  /// Borrow a connection from the pool.
  CONNECT,
  /// Compare-and-set of the head with all rows, one statement that is its own transaction.
  COMMIT_AT_ONCE,
  /// Lock and read the head.
  LOCK_HEAD,
  /// Look whether an earlier attempt of this batch has become durable after all.
  LOOK_BACK,
  /// Read the right edge's hashes.
  READ_TREE,
  /// Take rows out of the inbox.
  TAKE_INBOX,
  /// Compare-and-set of the head with all rows, inside the transaction that holds the head's lock.
  WRITE_LOCKED,
  /// Commit that transaction.
  COMMIT_LOCKED
}
