/** As most workflows have it that watch at all. */
export const up = 'railway up --ci --service web';
export const detached = 'railway up --detach --service web';
