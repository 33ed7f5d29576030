// Shows an article with its numbers, and tells the page which number was chosen and which words were selected.
// Texts come from files: they are only ever set as text, never as HTML.
export default function ({ data, parentElement, setTriggerValue }) {
  const host = parentElement.querySelector('.article')
  const told = JSON.stringify(data)
  if (host.dataset.told === told) return // building it anew would lose the selection
  host.dataset.told = told
  host.replaceChildren(...data.sentences.map(sentence => show(sentence, setTriggerValue)))
  host.onmouseup = host.onkeyup = () => tellSelected(host, setTriggerValue)
  // On a narrow screen the text stands below the fields.
  if (matchMedia('(min-width: 901px)').matches) host.querySelector('[aria-current]')?.scrollIntoView({ block: 'center' })
}

function show(sentence, setTriggerValue) {
  const element = document.createElement('span')
  element.className = sentence.current ? 'sentence current' : 'sentence'
  element.append(...sentence.parts.map(part => (typeof part === 'string' ? part : mark(part, setTriggerValue))))
  return element
}

function mark(part, setTriggerValue) {
  const element = document.createElement('span')
  element.className = `number ${part.state.replace(' ', '-')}`
  element.tabIndex = 0
  element.role = 'button'
  element.title = part.says
  element.dataset.at = part.at
  if (part.current) element.setAttribute('aria-current', 'true')
  const label = document.createElement('small')
  label.textContent = part.label
  element.append(part.text, label)
  element.onclick = () => document.getSelection().isCollapsed && setTriggerValue('chosen', part.at)
  element.onkeydown = event => event.key === 'Enter' && setTriggerValue('chosen', part.at)
  return element
}

function tellSelected(host, setTriggerValue) {
  const selection = document.getSelection()
  if (selection.isCollapsed || !host.contains(selection.anchorNode) || !host.contains(selection.focusNode)) return
  const words = selection.getRangeAt(0).cloneContents()
  words.querySelectorAll('small').forEach(label => label.remove()) // the page's own word
  if (words.textContent.trim()) setTriggerValue('selected', words.textContent.trim())
}
