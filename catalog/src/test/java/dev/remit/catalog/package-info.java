/// Tests of the catalog's door: everything through [dev.remit.catalog.Catalog], on real PostgreSQL.
@NullMarked
package dev.remit.catalog;

import org.jspecify.annotations.NullMarked;
