import { render } from 'preact'
import './styles/tokens.css'
import './styles/base.css'
import './styles/topbar.css'
import './styles/dialog.css'
import './styles/runs.css'
import './styles/setup.css'
import './styles/run.css'
import './styles/table.css'
import './styles/timeline.css'
import './styles/rows.css'
import './styles/legend.css'
import './styles/panel.css'
import './styles/screens.css'
import { startData } from './data/source.ts'
import { startRouting } from './state/route.ts'
import { startTheme } from './state/theme.ts'
import { App } from './views/App.tsx'

startTheme()
startRouting()
startData()

const root = document.getElementById('app')
if (root === null) throw new Error('index.html holds no #app')
render(<App />, root)
