# SPDX-FileCopyrightText: Diptych contributors
# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(diptych_providers PRIVATE
    azure/azurecodec.cpp azure/azurecodec.h
    azure/azureprovider.cpp azure/azureprovider.h)
