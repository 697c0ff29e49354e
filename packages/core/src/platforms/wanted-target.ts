/** What a rollback may be asked to go back to. */
export type WantedTarget =
  /** `orSettled`: also one that ran without checks, where a service has no verified one. */
  | { readonly kind: 'last-verified'; readonly orSettled?: true }
  | { readonly kind: 'previous' }
  | { readonly kind: 'version'; readonly label: string }
  /** A digest, or a reference that ends in one. */
  | { readonly kind: 'image'; readonly image: string }
  /** A full or shortened SHA, lower case. */
  | { readonly kind: 'sha'; readonly commit: string };
