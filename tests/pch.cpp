// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Exists so that the precompiled headers of the tests have an owner.
