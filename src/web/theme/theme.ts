import {
  ActionIcon,
  Button,
  Checkbox,
  Combobox,
  type CSSVariablesResolver,
  createTheme,
  Input,
  type MantineColorsTuple,
  Menu,
  Modal,
  Notification,
  Popover,
  Radio,
  SegmentedControl,
  Skeleton,
  Switch,
  Tabs,
  Tooltip,
} from '@mantine/core'
import { allWhenChosen } from './all-when-chosen.ts'
import c from './controls.module.css'

const teal: MantineColorsTuple = [
  '#e9f5f3',
  '#d4e8e5',
  '#a8d2cc',
  '#7abab2',
  '#52a59b',
  '#37928a',
  '#1f817a',
  '#17756d',
  '#0f5f5a',
  '#0a4b47',
]

const field = {
  input: c.input,
  label: c.label,
  description: c.description,
  error: c.error,
}

/** The kit's parts with our own look; colours live in tokens.css. */
export const theme = createTheme({
  fontFamily: 'var(--font-text)',
  fontFamilyMonospace: 'var(--font-mono)',
  colors: { teal },
  primaryColor: 'teal',
  primaryShade: { light: 8, dark: 7 },
  defaultRadius: 6,
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: Button.extend({
      classNames: { root: c.button, inner: c['button-inner'], loader: c['button-loader'] },
      defaultProps: { size: 'sm', variant: 'default' },
    }),
    ActionIcon: ActionIcon.extend({
      classNames: { root: c['icon-button'] },
      defaultProps: { variant: 'subtle', color: 'gray', size: 30 },
    }),
    Input: Input.extend({ classNames: { input: c.input } }),
    InputWrapper: Input.Wrapper.extend({
      classNames: field,
      defaultProps: { inputWrapperOrder: ['label', 'description', 'input', 'error'], withAsterisk: false },
    }),
    Combobox: Combobox.extend({ classNames: { dropdown: c.dropdown, option: c.option } }),
    Select: {
      defaultProps: {
        allowDeselect: false,
        checkIconPosition: 'right',
        maxDropdownHeight: 300,
        comboboxProps: { transitionProps: { duration: 120 } },
      },
    },
    Autocomplete: { defaultProps: { filter: allWhenChosen } },
    Menu: Menu.extend({
      classNames: { dropdown: c.dropdown, item: c.option },
      defaultProps: { transitionProps: { duration: 120 } },
    }),
    Popover: Popover.extend({
      classNames: { dropdown: c.dropdown },
      defaultProps: { transitionProps: { duration: 120 } },
    }),
    Modal: Modal.extend({
      classNames: {
        content: c.modal,
        header: c['modal-header'],
        title: c['modal-title'],
        body: c['modal-body'],
        overlay: c.overlay,
      },
      defaultProps: {
        centered: true,
        // A dialog's header is no banner of the page.
        attributes: { header: { role: 'presentation' } },
        transitionProps: { duration: 140, transition: 'fade' },
        closeButtonProps: { 'aria-label': 'Close' },
      },
    }),
    Tooltip: Tooltip.extend({
      classNames: { tooltip: c.tooltip },
      defaultProps: {
        openDelay: 300,
        transitionProps: { duration: 120 },
        events: { hover: true, focus: true, touch: false },
      },
    }),
    Tabs: Tabs.extend({ classNames: { list: c['tab-list'], tab: c.tab } }),
    SegmentedControl: SegmentedControl.extend({
      classNames: { root: c.segments, label: c.segment, indicator: c['segment-indicator'] },
      defaultProps: { size: 'xs', withItemsBorders: false, transitionDuration: 140 },
    }),
    Checkbox: Checkbox.extend({
      classNames: { input: c.check, label: c['choice-label'], description: c['choice-description'] },
      defaultProps: { size: 'xs' },
    }),
    Radio: Radio.extend({
      classNames: { radio: c.check, label: c['choice-label'], description: c['choice-description'] },
      defaultProps: { size: 'xs' },
    }),
    Switch: Switch.extend({
      classNames: { track: c.track },
      defaultProps: { size: 'sm', withThumbIndicator: false },
    }),
    Notification: Notification.extend({ classNames: { root: c.toast } }),
    Skeleton: Skeleton.extend({ classNames: { root: c.bone }, defaultProps: { radius: 4 } }),
  },
})

const surfaces = {
  '--mantine-color-body': 'var(--bg)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-dimmed': 'var(--text-3)',
  '--mantine-color-error': 'var(--red)',
  '--mantine-color-placeholder': 'var(--text-3)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-color-default-border': 'var(--line-strong)',
}

export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: surfaces, dark: surfaces })
