/** Requests that edges and services put to history nodes, and their answers. */
@NullMarked
package io.hubbub.api.query;

import org.jspecify.annotations.NullMarked;
