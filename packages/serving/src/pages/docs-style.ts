/** The page's style: the system's fonts and colours, light or dark, with a focus that can be seen. */
export const docsStyle = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { margin: 0 }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem }
fieldset { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: .25rem 1.25rem; border: 1px solid; border-radius: .5rem }
fieldset p, .key { margin: .25rem 0; display: grid }
label { font-weight: 600; overflow-wrap: anywhere }
input, select, button { font: inherit; padding: .4rem; min-height: 2.5rem; box-sizing: border-box; width: 100% }
button { width: auto; padding: .4rem 1.5rem; margin: 1rem 0; font-weight: 600 }
:focus-visible { outline: 3px solid Highlight; outline-offset: 2px }
[aria-invalid="true"] { border: 2px solid #c00000 }
output { display: block; font-size: 1.25rem; min-height: 3rem }
output.error { border-left: .3rem solid #c00000; padding-left: .75rem }
table { border-collapse: collapse; font-size: 1rem }
th, td { text-align: left; padding: .15rem 1rem .15rem 0; font-variant-numeric: tabular-nums }
pre { overflow: auto; padding: .75rem; border: 1px solid; border-radius: .5rem }
`
