/** A service that tells webhooks of messages which users who are away have not read. */
@NullMarked
package io.hubbub.examples.push;

import org.jspecify.annotations.NullMarked;
