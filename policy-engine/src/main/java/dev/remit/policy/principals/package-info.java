/// Who may ask at all: users, groups, roles, their attributes and how they prove themselves.
///
/// Enters: names, passwords, memberships. Leaves: principals and verifiers. Guaranteed: no password
/// and no token is kept, only what checks it.
@NullMarked
package dev.remit.policy.principals;

import org.jspecify.annotations.NullMarked;
