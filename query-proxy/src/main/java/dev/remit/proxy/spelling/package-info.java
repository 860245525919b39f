/// What PostgreSQL reads out of the way an expression is spelled, and other spellings of the same.
///
/// Enters: expressions of the client's tree. Leaves: the label that PostgreSQL would give, or the
/// same value in another form. Guaranteed: a form is another spelling or a refusal.
@NullMarked
package dev.remit.proxy.spelling;

import org.jspecify.annotations.NullMarked;
