// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Exists so that precompiled headers have an owner that defines no more than those who reuse them.
