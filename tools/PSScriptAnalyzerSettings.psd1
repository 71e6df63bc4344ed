@{
    Severity     = @('Error', 'Warning', 'Information')
    ExcludeRules = @(
        # build.ps1 talks to a person and to a log, and returns nothing.
        'PSAvoidUsingWriteHost'
        # Local helpers of scripts that are no commands: they need no -WhatIf.
        'PSUseShouldProcessForStateChangingFunctions'
        # Helpers take their one or two arguments by position.
        'PSAvoidUsingPositionalParameters'
        # A variable of Pester's BeforeAll is used in the blocks that follow, which the rule does not see.
        'PSUseDeclaredVarsMoreThanAssignments'
        # UTF-8 without a BOM; Windows PowerShell 5.1 reads what it runs here, which is ASCII.
        'PSUseBOMForUnicodeEncodedFile'
    )
    Rules        = @{
        # Whatever is run in Windows PowerShell 5.1 too can be read there.
        PSUseCompatibleSyntax      = @{ Enable = $true; TargetVersions = @('5.1') }
        PSUseConsistentIndentation = @{ Enable = $true; IndentationSize = 4 }
        PSUseConsistentWhitespace  = @{ Enable = $true; IgnoreAssignmentOperatorInsideHashTable = $true }
        PSPlaceOpenBrace           = @{ Enable = $true; OnSameLine = $true; IgnoreOneLineBlock = $true }
        PSUseCorrectCasing         = @{ Enable = $true }
    }
}
