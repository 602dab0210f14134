// The checks of Easy Read beside the preview in the editor. The server has looked at the words already and marked each
// row with what to look at (cms/easyread.py); whatever a rule selects is therefore a remark.
window.wagtail.userbar.registerCheck("easy-read",()=>false);
