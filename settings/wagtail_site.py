"""What Wagtail, which keeps the public site alone, may and may not do."""

from typing import Any

WAGTAIL_SITE_NAME = "Heard"
WAGTAIL_I18N_ENABLED = True
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
# The council's own pictures and documents: each says what it shows and who may use it (cms/models/library.py).
WAGTAILIMAGES_IMAGE_MODEL = "cms.SitePicture"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]  # no SVG: it may carry a script
WAGTAILDOCS_DOCUMENT_MODEL = "cms.SiteDocument"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "odt", "ods", "xlsx", "csv"]
WAGTAILDOCS_SERVE_METHOD = "direct"
# What happens when the last step of a workflow has passed a page: nobody meets an error for lack of a permission.
WAGTAIL_FINISH_WORKFLOW_ACTION = "cms.workflow.finish"
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAILEMBEDS_FINDERS: list[dict[str, Any]] = []
