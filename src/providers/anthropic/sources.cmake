# SPDX-FileCopyrightText: Diptych contributors
# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(diptych_providers PRIVATE
    anthropic/anthropicprovider.cpp anthropic/anthropicprovider.h)
