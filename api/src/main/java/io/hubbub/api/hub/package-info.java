/** One node's or service's connection to the homes: commands, interest, deliveries, pulls. */
@NullMarked
package io.hubbub.api.hub;

import org.jspecify.annotations.NullMarked;
