/** Steps going down to water: the mark of the house. */
export function Mark() {
  return (
    <svg className="p-mark" viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
      <g fill="none" stroke="currentColor" strokeWidth="2" strokeLinejoin="round">
        <path d="M2 7h6v6h5v6h6v-6h5V7h6" />
        <path d="M7 25c3-2 6-2 9 0s6 2 9 0" strokeLinecap="round" />
      </g>
    </svg>
  );
}
