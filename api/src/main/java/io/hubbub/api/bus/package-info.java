/** Bus addresses, binary codecs and the one place that registers them. */
@NullMarked
package io.hubbub.api.bus;

import org.jspecify.annotations.NullMarked;
