-- The newest entries of a kind are found by walking back from the head: accesses, which are listed
-- most, are a third of all entries or more. An index of its own cost every append a fourth tree.
drop index leaf_by_kind;
