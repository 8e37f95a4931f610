/** The look of a plan's page: one column that a phone shows too, in the colours that the reader's system prefers. */
export const pageStyle = `
:root { color-scheme: light dark; --text: #1c1e21; --dim: #5c6370; --line: #d8dce2; --page: #ffffff; --card: #f6f7f9; --update: #8a5a00; --create: #14713a; --delete: #b3261e; --hold: #00629b; --keep: #5c6370; --wait: #5c6370; }
@media (prefers-color-scheme: dark) { :root { --text: #e6e6e6; --dim: #9aa2ad; --line: #34383f; --page: #15171a; --card: #1d2024; --update: #f0b94d; --create: #6fd08c; --delete: #ff8a80; --hold: #7cc7f5; --keep: #9aa2ad; --wait: #9aa2ad; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 70rem; padding: 1rem; background: var(--page); color: var(--text); font: 15px/1.45 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.1rem; margin: 1rem 0 0.25rem; } h3 { font-size: 1rem; margin: 0.5rem 0 0.25rem; } p { margin: 0.25rem 0; } ul { margin: 0.25rem 0; padding-left: 1.2rem; }
small, .dim { color: var(--dim); font-weight: normal; }
#filter { position: sticky; top: 0; display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; padding: 0.75rem 0; background: var(--page); border-bottom: 1px solid var(--line); }
#filter input { flex: 1 1 16rem; min-width: 0; } #filter select { flex: 0 1 auto; max-width: 100%; }
#filter input, #filter select { font: inherit; padding: 0.4rem 0.5rem; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 0.4rem; }
article { margin: 0.6rem 0; padding: 0.5rem 0.75rem; background: var(--card); border-left: 4px solid var(--line); border-radius: 0.3rem; }
article h3 { margin: 0; font-weight: 600; } article h3 span { font-weight: normal; }
.update { border-color: var(--update); } .create { border-color: var(--create); } .delete { border-color: var(--delete); } .hold { border-color: var(--hold); } .keep { border-color: var(--keep); } .wait { border-color: var(--wait); }
.update .sign { color: var(--update); } .create .sign { color: var(--create); } .delete .sign { color: var(--delete); } .hold .sign { color: var(--hold); }
.sign { font-family: ui-monospace, monospace; margin-right: 0.4rem; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: 0.15rem 0.75rem 0.15rem 0; font-weight: normal; } th { color: var(--dim); width: 12rem; } article td:last-child { color: var(--dim); width: 17rem; }
summary { cursor: pointer; color: var(--dim); }
@media (max-width: 40rem) { th, td, article td:last-child { display: block; width: auto; padding-right: 0; } tr { display: block; padding: 0.25rem 0; } td:empty { display: none; } }
`;
