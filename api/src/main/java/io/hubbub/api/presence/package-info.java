/** Who is online, as homes of users, edges and services tell each other. */
@NullMarked
package io.hubbub.api.presence;

import org.jspecify.annotations.NullMarked;
