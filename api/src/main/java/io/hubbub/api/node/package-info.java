/** What every verticle is given by the process that runs it: identity, health, drain. */
@NullMarked
package io.hubbub.api.node;

import org.jspecify.annotations.NullMarked;
