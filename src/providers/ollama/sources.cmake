# SPDX-FileCopyrightText: Diptych contributors
# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(diptych_providers PRIVATE
    ollama/ollamaprovider.cpp ollama/ollamaprovider.h)
